"""The two session descriptions of a WebRTC connection between a browser and a box (contract
section 5): relayed as they are, if that is what they are."""

from dataclasses import dataclass

from ..const import MAX_SDP_LENGTH
from ..exceptions import MalformedPayload
from .box_identifier import parse_box_identifier


def parse_description(value, kind):
    """Check a session description.

    :param value: anything
    :param str kind: ``offer`` or ``answer``
    :return: with ``sdp`` and ``type`` only
    :rtype: dict[str, str]
    :raise MalformedPayload: when it is none
    """
    sdp = value.get('sdp') if isinstance(value, dict) and value.get('type') == kind else None
    fits = isinstance(sdp, str) and 0 < len(sdp) <= MAX_SDP_LENGTH and sdp.isascii()
    if not fits or '\0' in sdp:
        raise MalformedPayload(
            f'{kind} must be {{"type": "{kind}", "sdp": a text of at most {MAX_SDP_LENGTH} ASCII '
            'characters}.'
        )
    return {'sdp': sdp, 'type': kind}


@dataclass(frozen=True, slots=True)
class WebRtcAnswer:
    """A checked answer of a box: its identifier and the description."""

    box: str
    description: dict

    @classmethod
    def parse(cls, params):
        """Check the parameters of an answer.

        :param dict params: anything a stranger may post
        :rtype: WebRtcAnswer
        :raise MalformedPayload: naming the value that is wrong
        """
        return cls(
            box=parse_box_identifier(params.get('iot_box_identifier'), 'iot_box_identifier'),
            description=parse_description(params.get('answer'), 'answer'),
        )
