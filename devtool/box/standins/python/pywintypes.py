"""Stand-in for pywin32's pywintypes: its one exception."""


class error(Exception):
    def __init__(self, winerror, funcname, strerror):
        super().__init__(winerror, funcname, strerror)
        self.winerror = winerror
