package io.thingport.web.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thingport.platform.accesskey.Caller;
import io.thingport.platform.accesskey.Scope;
import io.thingport.platform.registry.Authentication;
import io.thingport.platform.registry.NewProduct;
import io.thingport.platform.registry.ProductTraits;
import io.thingport.platform.registry.ProductTraits.DataFormat;
import io.thingport.platform.registry.ProductTraits.NetType;
import io.thingport.platform.registry.ProductTraits.NodeType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProductFormTest {

    private static final Map<String, String> LEAST = Map.of("ProductName", "lamp", "NodeType", "0");

    @Test
    void theLeastMakesAProductWithoutTraits() {
        NewProduct product = ProductForm.product(invocation(LEAST));

        assertThat(product.name()).isEqualTo("lamp");
        assertThat(product.authentication()).isEqualTo(Authentication.SECRET);
        assertThat(product.traits()).isEqualTo(ProductTraits.NONE);
    }

    @Test
    void whatIsWrittenAboutAProductIsRead() {
        NewProduct product = ProductForm.product(with(Map.of("NodeType", "1", "AliyunCommodityCode", "iothub_senior",
                "DataFormat", "1", "NetType", "CELLULAR", "ProtocolType", "modbus", "ValidateType", "2", "AuthType", "x509")));

        assertThat(product.authentication()).isEqualTo(Authentication.X509);
        assertThat(product.traits()).isEqualTo(new ProductTraits(NodeType.GATEWAY, DataFormat.ALINK_JSON,
                Optional.of(NetType.CELLULAR), Optional.of("modbus"), Optional.of(2), true));
        assertThat(ProductForm.number(NetType.CELLULAR)).isEqualTo(6);
        assertThat(ProductForm.commodityCode(product.traits())).isEqualTo("iothub_senior");
    }

    @Test
    void whatIsWrongHasTheVendorsCode() {
        refused(IotError.NULL_PRODUCT_NAME, Map.of("ProductName", ""));
        refused(IotError.INVALID_NODE_TYPE, Map.of("NodeType", ""));
        refused(IotError.INVALID_NODE_TYPE, Map.of("NodeType", "2"));
        refused(IotError.INVALID_ALIYUN_COMMODITY_CODE, Map.of("AliyunCommodityCode", "other"));
        refused(IotError.INVALID_FORMATTED_PARAMETER, Map.of("AliyunCommodityCode", "iothub_senior"));
        refused(IotError.INVALID_FORMATTED_PARAMETER, Map.of("DataFormat", "2"));
        refused(IotError.INVALID_FORMATTED_PARAMETER, Map.of("AuthType", "id2"));
        refused(IotError.INVALID_FORMATTED_PARAMETER, Map.of("NetType", "wifi"));
    }

    private static void refused(IotError error, Map<String, String> parameters) {
        assertThatThrownBy(() -> ProductForm.product(with(parameters))).isInstanceOfSatisfying(IotException.class,
                e -> assertThat(e.error()).isEqualTo(error));
    }

    private static Invocation with(Map<String, String> parameters) {
        Map<String, String> all = new HashMap<>(LEAST);
        all.putAll(parameters);
        return invocation(all);
    }

    private static Invocation invocation(Map<String, String> parameters) {
        return new Invocation(Operation.of("CreateProduct", Scope.MANAGE, in -> Answer.fields()),
                new Caller("key", Set.of(Scope.MANAGE)), parameters);
    }
}
