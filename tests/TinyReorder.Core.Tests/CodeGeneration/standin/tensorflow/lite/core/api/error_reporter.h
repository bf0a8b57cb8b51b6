// Stands in for the header of this name.
#ifndef STANDIN_ERROR_REPORTER_H
#define STANDIN_ERROR_REPORTER_H

#include <stdarg.h>

namespace tflite {

class ErrorReporter {
public:
    virtual ~ErrorReporter() {}
    virtual int Report(const char* format, va_list arguments) = 0;
    void Tell(const char* format, ...)
    {
        va_list arguments;
        va_start(arguments, format);
        Report(format, arguments);
        va_end(arguments);
    }
};

}

#endif
