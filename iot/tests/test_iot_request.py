from datetime import timedelta

from .request_common import PRINTER_ID, SERIAL, IotRequestCommon

RECEIPT = 'aGVsbG8='


class TestIotRequest(IotRequestCommon):
    def test_an_action_is_sent_in_the_words_of_all_clients(self):
        request = self.printer._send_action('print_receipt', receipt=RECEIPT).sudo()
        [payload] = self.sent()
        self.assertEqual(
            payload,
            {
                'iot_identifiers': [SERIAL],
                'iot_identifier': SERIAL,
                'iot_box_identifier': SERIAL,
                'device_identifiers': [PRINTER_ID],
                'device_identifier': PRINTER_ID,
                'session_id': request.uid,
                'action_unique_id': request.uid,
                'operation_id': request.uid,
                'print_id': request.uid,
                'action': 'print_receipt',
                'receipt': RECEIPT,
            },
        )
        self.assertEqual(request.state, 'sent')

    def test_an_answer_ends_the_request_and_wipes_what_was_printed(self):
        request = self.printer._send_action('print_receipt', receipt=RECEIPT).sudo()
        self.answer(request)
        self.assertRecordValues(request, [{'state': 'done', 'reason': False, 'payload': False}])

    def test_what_waits_for_the_box_is_sent_once_when_it_comes(self):
        self.close_websocket()
        request = self.scale._send_action('read_once').sudo()
        self.assertRecordValues(request, [{'state': 'queued', 'reason': 'offline'}])
        self.assertFalse(self.sent())
        self.open_websocket('second')
        self.assertEqual(len(self.sent()), 1)
        self.close_websocket()
        self.open_websocket('third')
        self.assertEqual(len(self.sent()), 1)

    def test_a_box_that_comes_back_too_late_executes_nothing(self):
        self.close_websocket()
        request = self.scale._send_action('read_once').sudo()
        self.clock.tick(timedelta(seconds=30))
        self.open_websocket('second')
        self.assertFalse(self.sent())
        self.assertEqual(request.state, 'expired')
