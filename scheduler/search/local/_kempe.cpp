#include <Python.h>

static PyModuleDef module_definition = {PyModuleDef_HEAD_INIT, "_kempe", nullptr, -1, nullptr};

PyMODINIT_FUNC PyInit__kempe(void) { return PyModule_Create(&module_definition); }
