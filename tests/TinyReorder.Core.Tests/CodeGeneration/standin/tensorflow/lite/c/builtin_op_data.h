// Stands in for the header of this name: the structs of parsed options, whose sizes alone a self test prints.
#ifndef STANDIN_BUILTIN_OP_DATA_H
#define STANDIN_BUILTIN_OP_DATA_H

typedef enum { kTfLiteActNone, kTfLiteActRelu } TfLiteFusedActivation;

struct TfLiteAddParams { TfLiteFusedActivation activation; int value; };
struct TfLiteArgMaxParams { TfLiteFusedActivation activation; int value; };
struct TfLiteArgMinParams { TfLiteFusedActivation activation; int value; };
struct TfLiteBatchMatMulParams { TfLiteFusedActivation activation; int value; };
struct TfLiteCallOnceParams { TfLiteFusedActivation activation; int value; };
struct TfLiteCastParams { TfLiteFusedActivation activation; int value; };
struct TfLiteConcatenationParams { TfLiteFusedActivation activation; int value; };
struct TfLiteConvParams { TfLiteFusedActivation activation; int value; };
struct TfLiteCumsumParams { TfLiteFusedActivation activation; int value; };
struct TfLiteDepthToSpaceParams { TfLiteFusedActivation activation; int value; };
struct TfLiteDepthwiseConvParams { TfLiteFusedActivation activation; int value; };
struct TfLiteDivParams { TfLiteFusedActivation activation; int value; };
struct TfLiteFullyConnectedParams { TfLiteFusedActivation activation; int value; };
struct TfLiteGatherParams { TfLiteFusedActivation activation; int value; };
struct TfLiteIfParams { TfLiteFusedActivation activation; int value; };
struct TfLiteL2NormParams { TfLiteFusedActivation activation; int value; };
struct TfLiteLeakyReluParams { TfLiteFusedActivation activation; int value; };
struct TfLiteMirrorPaddingParams { TfLiteFusedActivation activation; int value; };
struct TfLiteMulParams { TfLiteFusedActivation activation; int value; };
struct TfLitePackParams { TfLiteFusedActivation activation; int value; };
struct TfLitePoolParams { TfLiteFusedActivation activation; int value; };
struct TfLiteReducerParams { TfLiteFusedActivation activation; int value; };
struct TfLiteReshapeParams { TfLiteFusedActivation activation; int value; };
struct TfLiteResizeBilinearParams { TfLiteFusedActivation activation; int value; };
struct TfLiteResizeNearestNeighborParams { TfLiteFusedActivation activation; int value; };
struct TfLiteSVDFParams { TfLiteFusedActivation activation; int value; };
struct TfLiteShapeParams { TfLiteFusedActivation activation; int value; };
struct TfLiteSoftmaxParams { TfLiteFusedActivation activation; int value; };
struct TfLiteSpaceToDepthParams { TfLiteFusedActivation activation; int value; };
struct TfLiteSplitParams { TfLiteFusedActivation activation; int value; };
struct TfLiteSplitVParams { TfLiteFusedActivation activation; int value; };
struct TfLiteSqueezeParams { TfLiteFusedActivation activation; int value; };
struct TfLiteStridedSliceParams { TfLiteFusedActivation activation; int value; };
struct TfLiteSubParams { TfLiteFusedActivation activation; int value; };
struct TfLiteTransposeConvParams { TfLiteFusedActivation activation; int value; };
struct TfLiteUnidirectionalSequenceLSTMParams { TfLiteFusedActivation activation; int value; };
struct TfLiteUnpackParams { TfLiteFusedActivation activation; int value; };
struct TfLiteVarHandleParams { TfLiteFusedActivation activation; int value; };
struct TfLiteWhileParams { TfLiteFusedActivation activation; int value; };

#endif
