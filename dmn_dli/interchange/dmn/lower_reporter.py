"""What lowering has to say: findings with the model's file, the element and the line."""

from __future__ import annotations

from attrs import define, field

from dmn_dli.interchange.dmn.expressions import Element
from dmn_dli.model.finding import Code, Finding


@define
class Reporter:
    """Gathers the findings of one model's lowering."""

    file: str
    findings: list[Finding] = field(factory=list)

    def report(self, code: Code, element: Element, where: str, message: str) -> None:
        """Note a finding. where: the element of the graph, as people know it (`decision "Routing"`)."""
        line = f", line {element.place.line}" if element.place.line else ""
        text = f"{where}{line}: {message}" if where else f"{message}"
        self.findings.append(Finding(code, text[:1].upper() + text[1:], code.remedy, self.file))
