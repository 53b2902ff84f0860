//! Frequent words that are written with letters which TCVN3 and VNI use for other letters.

/// What offices write most, of the words that can be told apart only by how frequent they are.
const FREQUENT: &str = "\
    không có và là các cho của công cộng còn cùng cần cơ cụ cục cuộc \
    bộ bố bổ bốn hội hộ họ họp hòa hồ hồi hỗ hóa học số sổ sở sông sống sáu thôn thông thống thời thôi \
    thú thủ thù thì tôi tôn tốt tổ tổng tỏ tờ tới từ tự tục tú tử đông đô đối đó đội độ đúng \
    trong trên trú trụ trung trí trì trình trực trợ trước trở tên lên nên bên gồm góp gốc gỗ giờ giữ giúp \
    giới giá giao khó khóa khô khỏi khối khu lâm lâu lô lộ lộc lớn lớp lực lũ lúa lúc lý lời lợi \
    mô một mới mỗi môi môn mở mức năm ngô ngõ ngoài người nguồn ngừng nhân dân nhà như nhóm nội nối nông \
    nói nợ nữ nước phó phòng phố phối phụ phục phúc phú phê phân phí phép pháp quá quân quy \
    quê quốc rõ rừng rộng sân tâm tân thân tháng thuê thể tế tê viên vấn vốn vụ vùng về vì vô \
    với vợ xã xóa xóm xử xây xét yên yêu ý ở ô ông ổn én bé bà ba bón bổn chú chủ chí chó chỗ chức chữ chợ \
    hoãn chưa chung cũ cũng cúm cột cổ cổng cố cử cự dù dự dụng dùng dựng đã đất gì hè hé hé hô hư hữu hú hỗn hợp \
    biểu biên bản bí thư bảo báo bình cán chỉ chính chức dân đảng đang điện đơn đường giáo giao huyện hiện \
    kiến kinh loại mẫu mạng nghị nghiệp ngày niêm yết phát phường quốc sách sinh sự tại tạm thành thị thường \
    tiếp tiến tiết tỉnh tộc trạng trấn trách tuyến ủy uỷ vận văn vực \
    kè kế kê két kí kì kỳ kỹ mù mùa núi phù tù tú vú xe xấp xúc úng ứng ủng";

/// Whether the word, in any case, is one of them.
pub(super) fn is_frequent(word: &str) -> bool {
    let word = word.to_lowercase();
    FREQUENT.split_ascii_whitespace().any(|known| known == word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notation::legacy::is_vietnamese_syllable;

    #[test]
    fn frequent_words_are_words() {
        for word in FREQUENT.split_ascii_whitespace() {
            assert!(is_vietnamese_syllable(word), "{word}");
        }
        assert!(
            is_frequent("Không")
                && is_frequent("CÓ")
                && !is_frequent("Cã")
                && !is_frequent("khụng")
        );
    }
}
