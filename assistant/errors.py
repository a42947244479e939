"""Typed errors: one class a kind of fault, the user's wording (Chinese) apart from the operator's (English)."""

from __future__ import annotations


class AssistantError(Exception):
    """Base of every fault that the program foresees.

    ``message`` is for the operator (English: what, where, what to do); ``user_message`` is what a member of the
    public may read (Chinese, no internals). ``exit_status`` is the process's status at the command line.
    """

    exit_status = 1
    user_message = "系统暂时无法处理,请稍后再试,或拨打 12345 咨询。"

    def __init__(self, message: str, *, user_message: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if user_message is not None:
            self.user_message = user_message


class CorpusError(AssistantError):
    """A corpus file is missing, unreadable or wrong. The message names file, entry and what to do."""

    exit_status = 2
    user_message = "政策资料正在维护,请稍后再试,或拨打 12345 咨询。"


class SettingsError(AssistantError):
    """A setting has a value that cannot be used."""

    exit_status = 2


class InputError(AssistantError):
    """What the user (or a caller) gave cannot be used: empty question, impossible amount, unknown measure, bad date."""

    exit_status = 2
    user_message = "输入的内容无法识别,请检查后重试。"


class SearchIndexError(AssistantError):
    """The search index cannot be built, opened or locked."""

    exit_status = 3


class ModelError(AssistantError):
    """The embedding model's folder is missing or unusable."""

    exit_status = 3
