"""Stand-in for ghostscript, with which a Windows box prints PDF files: they stay as they are."""

import os
from pathlib import Path

from box.paper import print_job


def Ghostscript(*arguments, stdout=None, stderr=None):
    output = next(a for a in arguments if a.startswith("-sOutputFile#%printer%"))
    printer = output.removeprefix("-sOutputFile#%printer%")
    print_job(os.environ["IOT_BOX_HOME"], printer, Path(arguments[-1]).read_bytes(), ".pdf")
