# Beside this file where "tinyreorder integration esp-idf" wrote it; else in the tree that it comes from.
if(EXISTS "${CMAKE_CURRENT_LIST_DIR}/TinyReorder.cmake")
  include("${CMAKE_CURRENT_LIST_DIR}/TinyReorder.cmake")
else()
  include("${CMAKE_CURRENT_LIST_DIR}/../../../cmake/TinyReorder.cmake")
endif()

# esp32, esp32s3, ... are names of boards too. A property, whatever scope ESP-IDF includes this in.
idf_build_get_property(tinyreorder_target IDF_TARGET)
set_property(GLOBAL PROPERTY TINYREORDER_BOARD "${tinyreorder_target}")
# The Python of ESP-IDF, where "pip install tinyreorder" in its environment puts the tool.
idf_build_get_property(tinyreorder_python PYTHON)
set_property(GLOBAL PROPERTY TINYREORDER_PYTHON "${tinyreorder_python}")
