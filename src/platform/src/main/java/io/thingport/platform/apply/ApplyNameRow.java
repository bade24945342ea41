package io.thingport.platform.apply;

import io.thingport.platform.registry.FleetLine.DeviceLine;
import io.thingport.platform.registry.NamedDevice;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.util.Optional;

/** A device of an apply. */
@Entity
@Table(name = "device_apply_name")
class ApplyNameRow {

    @EmbeddedId
    private Place place;

    @Column(name = "device_name", nullable = false, updatable = false)
    private String deviceName;

    @Column(name = "nickname", updatable = false)
    private String nickname;

    @Enumerated(EnumType.STRING)
    @Column(name = "state", nullable = false, columnDefinition = "varchar(8)")
    private NameState state;

    protected ApplyNameRow() {
    }

    ApplyNameRow(Place place, NamedDevice device, NameState state) {
        this.place = place;
        this.deviceName = device.deviceName();
        this.nickname = device.nickname().orElse(null);
        this.state = state;
    }

    String deviceName() {
        return deviceName;
    }

    void state(NameState newState) {
        state = newState;
    }

    DeviceLine line(String productKey) {
        return new DeviceLine(productKey, deviceName, Optional.empty(), Optional.ofNullable(nickname), Optional.empty());
    }

    /** Of which apply, and the how manieth. */
    @Embeddable
    record Place(@Column(name = "apply_id") long applyId, @Column(name = "number") int number) {
    }
}
