import "server-only";
import { env } from "@/env";
import { api } from "./caller";

/** Address of the API, and a purpose that calls to screen can name, for examples of requests. */
export async function readApiAddress() {
  const [purpose] = await api.purpose.list();
  return { url: env().API_URL, purpose: purpose?.key ?? "marketing" };
}
