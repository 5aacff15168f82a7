#include <Python.h>

static PyModuleDef module_definition = {PyModuleDef_HEAD_INIT, "_travelling", nullptr, -1, nullptr};

PyMODINIT_FUNC PyInit__travelling(void) { return PyModule_Create(&module_definition); }
