from cryptography import x509

from .. import const
from ..exceptions import IotError
from ..tools.certificate_payload import BoxCertificatePayload, ContractCertificatePayload
from .eligibility_common import EligibilityCommon

HOME = '192.168.1.20'
CODE = 'M26030200000001'


def names_of(answer):
    """Return the names and addresses that the certificate in an answer is for."""
    leaf = x509.load_pem_x509_certificate(answer['x509_pem'].encode())
    names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return [str(name.value) for name in names]


class CertificateCommon(EligibilityCommon):
    def setUp(self):
        super().setUp()
        self.box, self.secret, _channel = self.connect('20000000abcd1234')
        self.set_params({const.IOT_DOMAIN_PARAMETER: False})
        self.certificates = self.env['iot.certificate']

    def ask(self, identifier=None, token=None, address=HOME, time=None):
        """Ask as the anonymous user of the route."""
        payload = BoxCertificatePayload(
            identifier or self.box.identifier, token or self.secret, address, time
        )
        answer = self.certificates.with_user(self.public_user)._issue_for_box(payload)
        self.env.flush_all()
        return answer

    def ask_by_contract(self, uuid=None, code=CODE, source=HOME):
        payload = ContractCertificatePayload(
            self.env['iot.box']._get_database_uuid() if uuid is None else uuid, code
        )
        return self.certificates.with_user(self.public_user)._issue_by_contract(
            payload, source=source
        )

    def assertRefused(self, answer, code):
        self.assertIsInstance(answer, IotError)
        self.assertEqual(answer.code, code)
        self.assertFalse(self.certificates.search([]))

    def last_event(self):
        return self.env['iot.certificate.event'].search([], limit=1)
