package io.thingport.web.openapi;

import io.thingport.platform.registry.Authentication;
import io.thingport.platform.registry.NewProduct;
import io.thingport.platform.registry.ProductTraits;
import io.thingport.platform.registry.ProductTraits.DataFormat;
import io.thingport.platform.registry.ProductTraits.NetType;
import io.thingport.platform.registry.ProductTraits.NodeType;
import java.util.Locale;
import java.util.Optional;

/** What the vendor's operations say about a product, which numbers and words stand for what. */
final class ProductForm {

    private static final String WITH_THING_MODEL = "iothub_senior";
    private static final String WITHOUT_THING_MODEL = "iothub";

    private ProductForm() {
    }

    /** The product that {@code CreateProduct} asks for. */
    static NewProduct product(Invocation in) {
        String name = in.required("ProductName", IotError.NULL_PRODUCT_NAME);
        NodeType nodeType = switch (in.integer("NodeType", IotError.INVALID_NODE_TYPE).orElse(-1)) {
            case 0 -> NodeType.DEVICE;
            case 1 -> NodeType.GATEWAY;
            default -> throw new IotException(IotError.INVALID_NODE_TYPE, "NodeType is 0 for devices, 1 for gateways");
        };
        boolean thingModel = thingModel(in).orElse(false);
        Optional<DataFormat> dataFormat = in.integer("DataFormat", IotError.INVALID_FORMATTED_PARAMETER)
                .map(ProductForm::dataFormat);
        if (thingModel && dataFormat.isEmpty()) {
            throw new IotException(IotError.INVALID_FORMATTED_PARAMETER, "DataFormat is needed with " + WITH_THING_MODEL);
        }
        return new NewProduct(Optional.empty(), name, in.text("Description"), Optional.empty(), authentication(in),
                new ProductTraits(nodeType, dataFormat.orElse(DataFormat.CUSTOM), in.text("NetType").map(ProductForm::netType),
                        in.text("ProtocolType"), in.integer("ValidateType", IotError.INVALID_FORMATTED_PARAMETER), thingModel));
    }

    /** What {@code AliyunCommodityCode} says, if it is there. */
    static Optional<Boolean> thingModel(Invocation in) {
        return in.text("AliyunCommodityCode").map(code -> switch (code) {
            case WITH_THING_MODEL -> true;
            case WITHOUT_THING_MODEL -> false;
            default -> throw new IotException(IotError.INVALID_ALIYUN_COMMODITY_CODE,
                    "AliyunCommodityCode is " + WITH_THING_MODEL + " or " + WITHOUT_THING_MODEL);
        });
    }

    static String commodityCode(ProductTraits traits) {
        return traits.thingModel() ? WITH_THING_MODEL : WITHOUT_THING_MODEL;
    }

    static int number(NodeType nodeType) {
        return nodeType == NodeType.GATEWAY ? 1 : 0;
    }

    static int number(DataFormat dataFormat) {
        return dataFormat == DataFormat.ALINK_JSON ? 1 : 0;
    }

    static int number(NetType netType) {
        return switch (netType) {
            case WIFI -> 3;
            case CELLULAR -> 6;
            case ETHERNET -> 7;
            case OTHER -> 8;
        };
    }

    static String word(Authentication authentication) {
        return authentication.name().toLowerCase(Locale.ROOT);
    }

    private static DataFormat dataFormat(int number) {
        return switch (number) {
            case 0 -> DataFormat.CUSTOM;
            case 1 -> DataFormat.ALINK_JSON;
            default -> throw new IotException(IotError.INVALID_FORMATTED_PARAMETER,
                    "DataFormat is 0 for one's own format, 1 for Alink JSON");
        };
    }

    private static NetType netType(String word) {
        return switch (word) {
            case "WIFI" -> NetType.WIFI;
            case "CELLULAR" -> NetType.CELLULAR;
            case "ETHERNET" -> NetType.ETHERNET;
            case "OTHER" -> NetType.OTHER;
            default -> throw new IotException(IotError.INVALID_FORMATTED_PARAMETER,
                    "NetType is WIFI, CELLULAR, ETHERNET or OTHER");
        };
    }

    private static Authentication authentication(Invocation in) {
        return in.text("AuthType").map(type -> switch (type) {
            case "secret" -> Authentication.SECRET;
            case "x509" -> Authentication.X509;
            default -> throw new IotException(IotError.INVALID_FORMATTED_PARAMETER, "AuthType is secret or x509");
        }).orElse(Authentication.SECRET);
    }
}
