import { subscribe } from "node:diagnostics_channel";
import { startTracing } from "@ringfence/services/platform/tracing";
import { env } from "../env";
import {
  allowLongUploads,
  createLayers,
  guardBodies,
  removeBuildKey,
  trustAddress,
} from "./incoming-requests";
import { findReadinessFault, installation, openInstallation } from "./installation";
import { log } from "./log";
import { createMonitorLayers } from "./monitor";

/**
 * Prepares the server before the first request. Layers run in their order: metrics are answered before `trustAddress`
 * replaces a header that shows a proxy, and bodies are counted by the address that it sets.
 */
export async function start() {
  const { PUBLIC_URL, TRUST_PROXY, METRICS_TOKEN } = env();
  process.env.NEXTAUTH_URL = PUBLIC_URL; // next-auth reads it to build its addresses
  const tracing = startTracing({
    program: "web",
    settings: env(),
    report: (err) => log.warn({ err }, "traces were not sent"),
    now: () => performance.now(),
  });
  process.once("SIGTERM", () => void tracing?.stop());
  const { guard, watch } = guardBodies();
  const monitor = createMonitorLayers({
    db: {
      get pool() {
        return installation().db.pool;
      },
    },
    findReadinessFault,
    isTraced: tracing !== null,
    token: METRICS_TOKEN,
    isBehindProxy: TRUST_PROXY !== 0 || PUBLIC_URL.startsWith("https:"),
  });
  const layers = createLayers([...monitor, trustAddress(TRUST_PROXY), removeBuildKey, guard]);
  subscribe("http.server.request.start", layers);
  subscribe("http.server.request.start", allowLongUploads);
  watch.start();
  await openInstallation();
}
