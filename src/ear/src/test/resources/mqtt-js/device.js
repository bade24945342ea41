// A device: subscribes to a topic, publishes to it and prints what comes back.
const [folder, url, protocolVersion, clientId, username, password, topic, message] = process.argv.slice(2);
const mqtt = require(folder);

const client = mqtt.connect(url, {
  protocolVersion: Number(protocolVersion), clientId, username, password, keepalive: 60, reconnectPeriod: 0,
  rejectUnauthorized: false
});
client.on('connect', () => client.subscribe(topic, { qos: 1 }, () => client.publish(topic, message, { qos: 1 })));
client.on('message', (from, payload) => {
  console.log(payload.toString());
  client.end();
});
client.on('error', error => {
  console.error(error.message);
  process.exit(1);
});
