// pnpm cluster [--folder /var/tmp/ringfence-cluster]
// Several hosts on this machine, until Ctrl-C: three with PostgreSQL, two APIs, two workers.
import { parseArgs } from "node:util";
import { checkMachine } from "./check-machine.ts";
import { removeCluster, startCluster } from "./start-cluster.ts";

const { values } = parseArgs({
  options: { folder: { type: "string", default: "/var/tmp/ringfence-cluster" } },
});
const { folder } = values;
checkMachine();
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => {
    removeCluster(folder);
    process.exit(0);
  });
try {
  const cluster = await startCluster({ folder, report: console.log });
  const hosts = [...cluster.databases, ...cluster.apis, ...cluster.workers];
  console.log(`
The cluster works.
  API      ${cluster.origins.join(" and ")}
  hosts    ${hosts.map(({ name, address }) => `${name} ${address}`).join(", ")}
  owner    ${cluster.ownerUrl}
  members  curl http://${cluster.databases[0]?.address}:8008/cluster
  logs     ${folder}/*.log
Ctrl-C ends it and removes its data.`);
  setInterval(() => {}, 60_000);
} catch (error) {
  console.error(error);
  console.error(`The logs are in ${folder}. The next start removes what is left.`);
  process.exit(1);
}
