# The image holds what `./mvnw verify` (or `./mvnw -DskipTests verify`) packed: build that first, then
#   docker build --build-arg JRE_IMAGE=eclipse-temurin:17-jre -t thingport .
ARG JRE_IMAGE=eclipse-temurin:17-jre
FROM ${JRE_IMAGE}

# An archive is unpacked by ADD: /opt/wlp, owned by root.
ADD src/ear/target/thingport.tar.gz /opt/

# The database and the keys of stored secrets live in the data folder; logs and caches die with the container.
# Inside a container "loopback" would mean unreachable: who publishes a port decides who may reach it.
ENV THINGPORT_DATA_DIRECTORY=/var/lib/thingport \
    THINGPORT_HTTP_HOST=0.0.0.0 \
    WLP_OUTPUT_DIR=/opt/output
RUN mkdir -p "$THINGPORT_DATA_DIRECTORY" "$WLP_OUTPUT_DIR" \
    && chown 10001:0 "$THINGPORT_DATA_DIRECTORY" "$WLP_OUTPUT_DIR" \
    && chmod 700 "$THINGPORT_DATA_DIRECTORY"
VOLUME /var/lib/thingport
# Group root may read the server and write nothing of it.
USER 10001:0

EXPOSE 1883 8080 8443
ENTRYPOINT ["/opt/wlp/bin/server"]
CMD ["run", "thingport"]
