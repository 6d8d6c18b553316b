import { once } from "node:events";
import { createServer } from "node:http";
import { createMonitor } from "@ringfence/services/platform/metrics";
import { log } from "./log.ts";

type Options = Omit<Parameters<typeof createMonitor>[0], "report" | "headers"> & {
  host: string;
  port: number;
};

/** Answers whoever monitors this worker. Everything else is 404. */
export async function startHealthServer({ host, port, ...options }: Options) {
  const answer = createMonitor({
    ...options,
    report: (err) => log.error({ err }, "the metrics could not be read"),
  });
  const server = createServer((request, response) =>
    answer(request, response, () => response.writeHead(404).end()),
  );
  server.listen({ host, port });
  await once(server, "listening");
  return {
    async stop() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
