# tinyreorder.mk: TensorFlow Lite models as part of a make build (GNU make 3.81 or newer).
#
#   include tinyreorder.mk
#   $(eval $(call tinyreorder_model,NAME,MODEL.tflite,OPTIONS))
#
# makes $(TINYREORDER_DIR)/NAME.c (with --source incbin NAME.S), NAME.h and NAME_ops.h, with the OPTIONS of "tinyreorder optimize" (such as --board nano33ble). They are made again when the model, the options, a board file,
# a profile, a template or the tool changed, and keep their time where their content stays, so that nothing is compiled for nothing. A file that includes NAME.h has to depend on it.
#
#   TINYREORDER      the command that starts the tool: by default the one on the PATH, else that in ~/.dotnet/tools, else that of the Python package
#   TINYREORDER_DIR  where generated files go; paths with spaces are not for make

ifndef TINYREORDER
TINYREORDER := $(shell (command -v tinyreorder >/dev/null 2>&1 && echo tinyreorder) || ls $(HOME)/.dotnet/tools/tinyreorder 2>/dev/null || \
  python3 -c 'import sys; del sys.path[0]; import tinyreorder; print(tinyreorder.executable())' 2>/dev/null || echo tinyreorder)
endif
TINYREORDER_DIR ?= build/tinyreorder

# A word of the shell, whatever a file's name says.
tinyreorder_quoted = '$(subst ','\'',$(1))'

tinyreorder_source = $(TINYREORDER_DIR)/$(1).$(if $(findstring incbin,$(2)),S,c)

# The stamp is what make compares. It is out of date, too, where a generated file is gone or the options are not those of the last run.
define tinyreorder_model
$(if $(findstring ;,$(2))$(findstring |,$(2))$(findstring =,$(2)),$(error tinyreorder: make cannot name the file $(2); rename it))
$(TINYREORDER_DIR)/$(1).stamp: $(2) $(if $(and $(wildcard $(call tinyreorder_source,$(1),$(3))),$(wildcard $(TINYREORDER_DIR)/$(1).h)),,tinyreorder-run) \
    $(if $(filter same,$(shell printf '%s\n' $(call tinyreorder_quoted,$(TINYREORDER) $(2) $(3)) | cmp -s - $(TINYREORDER_DIR)/$(1).options && echo same)),,tinyreorder-run)
	@mkdir -p $(TINYREORDER_DIR)
	$$(TINYREORDER) optimize $(call tinyreorder_quoted,$(2)) --header $(TINYREORDER_DIR) --symbol $(1) --stamp $$@ --depfile $(TINYREORDER_DIR)/$(1).d --diagnostics gcc $(3)
	@printf '%s\n' $(call tinyreorder_quoted,$(TINYREORDER) $(2) $(3)) > $(TINYREORDER_DIR)/$(1).options

$(call tinyreorder_source,$(1),$(3)) $(TINYREORDER_DIR)/$(1).h $(TINYREORDER_DIR)/$(1)_ops.h: $(TINYREORDER_DIR)/$(1).stamp ;

-include $(TINYREORDER_DIR)/$(1).d
endef

.PHONY: tinyreorder-run
