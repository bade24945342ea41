package io.thingport.web.rest;

import io.thingport.platform.registry.IssuedToken;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** All tokens of a device, oldest first. */
@Schema(name = "DeviceTokens", requiredProperties = "tokens")
public record DeviceTokensAnswer(List<DeviceTokenAnswer> tokens) {

    static DeviceTokensAnswer of(List<IssuedToken> tokens) {
        return new DeviceTokensAnswer(tokens.stream().map(DeviceTokenAnswer::of).toList());
    }
}
