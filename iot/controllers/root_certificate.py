"""Where people get the root certificate of this database, which their browsers are to trust."""

from odoo.http import Controller, content_disposition, request, route


class IotRootCertificateController(Controller):
    PAGE_URL = '/iot/root-certificate'
    FILE_URL = '/iot/root-certificate.crt'

    # of the frontend, whose layout offers the installed languages where `portal` is installed
    @route(
        PAGE_URL,
        type='http',
        auth='user',
        methods=['GET'],
        readonly=True,
        website=True,
        multilang=False,
        sitemap=False,
    )
    def page(self):
        """Tell what to do with the root certificate on each operating system."""
        root = request.env['iot.certificate.root']._get_for_people()
        return request.render('iot.root_certificate_page', {'root': root, 'url': self.FILE_URL})

    @route(FILE_URL, type='http', auth='user', methods=['GET'], readonly=True)
    def file(self):
        """Download the root certificate."""
        root = request.env['iot.certificate.root']._get_for_people()
        if not root:
            return request.not_found()
        headers = [
            ('Content-Type', 'application/x-x509-ca-cert'),
            ('Content-Disposition', content_disposition('iot-root-certificate.crt')),
        ]
        return request.make_response(root['certificate_pem'], headers)
