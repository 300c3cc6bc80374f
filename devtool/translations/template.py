"""The terms of an addon, as Odoo's own exporter finds them in a database and in the code."""

import io

import polib


def template_of(env, addon):
    """Export the source terms of one installed addon.

    Neither dates nor the version of Odoo are in the result, so that it changes only with the terms.

    :param odoo.api.Environment env: of a database in which the addon is installed
    :param str addon: its name
    :rtype: polib.POFile
    """
    from odoo.tools.translate import trans_export

    exported = io.BytesIO()
    trans_export(None, [addon], exported, 'po', env)
    template = polib.pofile(exported.getvalue().decode())
    template.header = f"Terms of the addon {addon}; «./dev translations» writes this file."
    template.metadata = {
        'Project-Id-Version': addon,
        'MIME-Version': '1.0',
        'Content-Type': 'text/plain; charset=UTF-8',
        'Content-Transfer-Encoding': '8bit',
    }
    return template
