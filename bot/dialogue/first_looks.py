"""A look at the words of a message before anything is made of it: whether it can be what takes longer to be sure of."""

from __future__ import annotations

import re

from bot.dialogue.turn import ADVERT, Scene
from content.rules.language import plain_text

SHORTEST_ADVERT = 20  # characters of a posting written out of nothing
_MAY_ASK_SEVERAL = re.compile("[,，;；。.!！?？、\\s]|[和跟与及还再另顺]|对了|同时")
_LATIN = re.compile("[a-z]{3}")
_MAY_HIRE = re.compile("[招缺]")
_MAY_TELL_OF_A_VAIN_CALL = re.compile(
    "[0-9]{5}|热线|电话|[打拨没管推踢收发告找]|一伙|勾结|包庇|裤子|记者|媒体|曝光|上访|不作为|相护"
)
_MAY_BE_PUNISHED = re.compile("罚|查处|处理过")
_ASKS = re.compile("怎么|如何|哪里|哪儿|在哪|多少|几点|几号|什么时候|什么|啥|怎样|咋|吗|呢|[?]")


def may_ask_several(scene: Scene) -> bool:
    """A look at the words, before a message is cut into the questions that it asks."""
    return _MAY_ASK_SEVERAL.search(scene.asked) is not None


def may_be_english(scene: Scene) -> bool:
    """The same, before it is read as a question in English: it has letters and no Chinese."""
    return _LATIN.search(scene.text) is not None and not plain_text.CHINESE.search(scene.text)


def may_advertise(scene: Scene) -> bool:
    """The same, before it is read as an employer's: it speaks of hiring, follows on how to advertise, or is long."""
    is_after = scene.recall is not None and scene.recall.source == ADVERT
    return is_after or len(scene.bare) > SHORTEST_ADVERT or _MAY_HIRE.search(scene.bare) is not None


def may_tell_of_a_vain_call(scene: Scene) -> bool:
    """The same, before it is read as said of the hotline, or of what was told to do about a complaint."""
    return _MAY_TELL_OF_A_VAIN_CALL.search(scene.bare) is not None


def asks_clearly(scene: Scene) -> bool:
    """Whether it has a word that asks; the bare name of a place has none."""
    return _ASKS.search(scene.bare) is not None


def may_be_of_penalties(scene: Scene) -> bool:
    """The same, before it is read as a question on a firm's penalties."""
    return _MAY_BE_PUNISHED.search(scene.bare) is not None
