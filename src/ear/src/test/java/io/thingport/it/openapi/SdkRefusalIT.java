package io.thingport.it.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.thingport.it.Fleet;
import io.thingport.it.SharedServer;
import io.thingport.it.ThingportServer;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the vendor's SDKs make of refusals. */
@ExtendWith(SharedServer.class)
@Tag("once")
class SdkRefusalIT {

    private static final Map<String, Object> FIRST_PAGE = Map.of("CurrentPage", 1, "PageSize", 1);

    /** The older SDK finds that only the secret can be wrong, since the server signed the same text. */
    @ParameterizedTest
    @EnumSource
    void wrongSecretIsAnException(Sdk sdk, ThingportServer server) {
        String id = server.firstAccessKey().split(":")[0];
        SdkAnswer answer = sdk.client(server, id + ":wrong").call("QueryProductList", FIRST_PAGE);

        assertThat(answer.failed()).isTrue();
        assertThat(answer.code()).isEqualTo(sdk == Sdk.CORE ? "SDK.InvalidAccessKeySecret" : "SignatureDoesNotMatch");
    }

    @ParameterizedTest
    @EnumSource
    void unknownKeyIsAnException(Sdk sdk, ThingportServer server) {
        SdkAnswer answer = sdk.client(server, "nobody:secret").call("QueryProductList", FIRST_PAGE);

        assertThat(answer.failed()).isTrue();
        assertThat(answer.code()).isEqualTo("InvalidAccessKeyId.NotFound");
    }

    @ParameterizedTest
    @EnumSource
    void missingScopeIsAnException(Sdk sdk, ThingportServer server, Fleet fleet) {
        SdkAnswer answer = sdk.client(server, fleet.accessKey("message")).call("CreateConsumerGroup", Map.of("GroupName", "mine"));

        assertThat(answer.failed()).isTrue();
        assertThat(answer.code()).isEqualTo("Forbidden.RAM");
    }

    @ParameterizedTest
    @EnumSource
    void unknownOperationIsAnException(Sdk sdk, ThingportServer server) {
        SdkAnswer answer = sdk.client(server, server.firstAccessKey()).call("CreateRule", Map.of("Name", "rule_1"));

        assertThat(answer.failed()).isTrue();
        assertThat(answer.code()).isEqualTo("InvalidAction.NotFound");
    }

    @ParameterizedTest
    @EnumSource
    void refusingOperationIsAnAnswer(Sdk sdk, ThingportServer server) {
        SdkAnswer answer = sdk.client(server, server.firstAccessKey()).call("QueryProduct", Map.of("ProductKey", "a1nothere00"));

        assertThat(answer.failed()).isFalse();
        assertThat(answer.flag("Success")).isFalse();
        assertThat(answer.code()).isEqualTo("iot.prod.NotExistedProduct");
        assertThat(answer.text("ErrorMessage")).isNotEmpty();
    }
}
