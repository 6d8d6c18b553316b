import { subscribe } from "node:diagnostics_channel";
import { env } from "../env";
import { allowLongUploads, guardBodies, trustAddress } from "./incoming-requests";
import { openInstallation } from "./installation";

/**
 * Prepares the server before the first request. `trustAddress` must run before `guardServer`, which counts the
 * bytes of bodies by the address that it sets.
 */
export async function start() {
  const { PUBLIC_URL, TRUST_PROXY } = env();
  process.env.NEXTAUTH_URL = PUBLIC_URL; // next-auth reads it to build its addresses
  subscribe("http.server.request.start", (message) => trustAddress(message, TRUST_PROXY));
  subscribe("http.server.request.start", allowLongUploads);
  const { guardServer, watch } = guardBodies();
  subscribe("http.server.request.start", guardServer);
  watch.start();
  await openInstallation();
}
