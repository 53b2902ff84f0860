//! By which units the figures of a report over several quarters are shown (địa giới).

/// How figures of quarters before a reorganisation are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Geography {
    /// With the unit that existed on the quarter's last day.
    Then,
    /// With the unit that it has become by the last day of the report's period.
    #[default]
    Now,
}

impl Geography {
    /// The word used on the command line and in JSON.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Then => "then",
            Self::Now => "now",
        }
    }

    /// As a note in a report says it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Then => "số liệu ghi theo đơn vị có hiệu lực ở từng quý",
            Self::Now => {
                "số liệu của đơn vị cũ được chuyển cho đơn vị kế tục; đơn vị không có hoặc có nhiều \
                 đơn vị kế tục giữ dòng riêng; kết quả và tình trạng nộp chỉ xét của chính đơn vị"
            }
        }
    }
}
