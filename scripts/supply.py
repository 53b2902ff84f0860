"""What the program is made of, as cargo tells it: the licences of all crates, and a list of materials (SBOM)."""

import dataclasses
import json
import pathlib
import subprocess
import uuid

# How the files with a licence's text begin.
LICENCE_FILES = ("licen", "copying", "notice", "unlicense", "copyright")


@dataclasses.dataclass
class Supply:
    """The crates that are linked into the program for one target, in order of name and version."""

    version: str
    own: str
    packages: dict
    uses: dict

    @classmethod
    def of(cls, root, target):
        words = ["cargo", "metadata", "--locked", "--format-version", "1", "--filter-platform", target]
        told = json.loads(subprocess.run(words, cwd=root, check=True, capture_output=True, text=True).stdout)
        nodes = {node["id"]: node for node in told["resolve"]["nodes"]}
        linked = lambda dep: any(kind["kind"] in (None, "build") for kind in dep["dep_kinds"])
        own, uses = told["resolve"]["root"], {}
        waiting = [own]
        while waiting:
            crate = waiting.pop()
            if crate not in uses:
                uses[crate] = sorted(dep["pkg"] for dep in nodes[crate]["deps"] if linked(dep))
                waiting += uses[crate]
        all_packages = {package["id"]: package for package in told["packages"]}
        used = sorted((all_packages[crate] for crate in uses), key=lambda p: (p["name"], p["version"]))
        packages = {package["id"]: package for package in used}
        return cls(packages[own]["version"], own, packages, uses)

    def others(self):
        return [package for crate, package in self.packages.items() if crate != self.own]

    def notice(self):
        """Every crate with its licence, and each text of a licence once."""
        lines, texts = ["qc17 is built from these crates; the texts of their licences follow.\n"], {}
        for package in self.others():
            name = f"{package['name']} {package['version']}"
            own = list(licence_texts(package))
            missing = "" if own else " (the crate came without the text)"
            lines.append(f"{name}: {package['license'] or 'see its file'}{missing}")
            for text in own:
                texts.setdefault(text, []).append(name)
        for text, names in sorted(texts.items(), key=lambda item: item[1]):
            lines += ["", "=" * 78, ", ".join(names), "-" * 78, text]
        return "\n".join(lines) + "\n"

    def sbom(self, digest):
        """CycloneDX 1.5; without the time of its making, so that the same program has the same list."""
        purl = lambda package: f"pkg:cargo/{package['name']}@{package['version']}"
        refs = {crate: purl(package) for crate, package in self.packages.items()}

        def component(package, kind="library"):
            told = {"type": kind, "bom-ref": purl(package), "name": package["name"], "version": package["version"], "purl": purl(package)}
            if package["license"]:
                told["licenses"] = [{"expression": package["license"].replace("/", " OR ")}]
            if package["repository"]:
                told["externalReferences"] = [{"type": "vcs", "url": package["repository"]}]
            return told

        program = component(self.packages[self.own], "application")
        program["hashes"] = [{"alg": "SHA-256", "content": digest}]
        return {
            "bomFormat": "CycloneDX",
            "specVersion": "1.5",
            "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, digest)}",
            "version": 1,
            "metadata": {"component": program},
            "components": [component(package) for package in self.others()],
            "dependencies": [
                {"ref": refs[crate], "dependsOn": sorted({refs[dep] for dep in self.uses[crate]})}
                for crate in self.packages
            ],
        }


def licence_texts(package):
    """The licence files that came with the crate, in order of name."""
    folder = pathlib.Path(package["manifest_path"]).parent
    is_licence = lambda path: path.is_file() and path.name.lower().startswith(LICENCE_FILES)
    for path in sorted(filter(is_licence, folder.iterdir())):
        yield path.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n").strip()
