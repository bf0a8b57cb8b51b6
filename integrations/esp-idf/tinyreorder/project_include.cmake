# Beside this file where "tinyreorder integration esp-idf" wrote it; else in the tree that it comes from.
if(EXISTS "${CMAKE_CURRENT_LIST_DIR}/TinyReorder.cmake")
  include("${CMAKE_CURRENT_LIST_DIR}/TinyReorder.cmake")
else()
  include("${CMAKE_CURRENT_LIST_DIR}/../../../cmake/TinyReorder.cmake")
endif()

# esp32, esp32s3, ... are names of boards too.
if(NOT TINYREORDER_BOARD)
  set(TINYREORDER_BOARD "${IDF_TARGET}")
endif()
