"""政策原文: the policy's text, readable and linkable."""

from __future__ import annotations

from assistant.policy.loader import Policy
from assistant.web.pages.frame import term_notice
from assistant.web.pages.parts import fragment
from assistant.web.view.policy import policy_page


def build(policy: Policy) -> None:
    """Lays the page out inside the current Blocks."""
    fragment(policy_page(policy, term_notice(policy)))
