"""Messages to boxes, in the words of all known clients (contract section 11.2)."""


def addressed(identifier, payload):
    """Return a payload that a box takes as meant for it: it drops all others.

    :param str identifier: of the box
    :param dict payload: what the type of the message asks for (contract section 4.3)
    :rtype: dict
    """
    devices = [{'identifier': device} for device in payload.get('device_identifiers', ())]
    return {
        **payload,
        'iot_identifiers': [identifier],
        'iot_identifier': identifier,
        'iot_box_identifier': identifier,
        # boxes of 17.0 and of early 18.0 (contract section 15)
        'iotDevice': {'iotIdentifiers': [identifier], 'identifiers': devices},
    }
