import { type Message } from "@ringfence/core/platform/message";

/** Why an address may not be opened, or null. */
export function urlFault(address: string): Message | null {
  const url = URL.parse(address);
  if (url === null || !["http:", "https:"].includes(url.protocol)) {
    return { key: "form-run.invalid-url", values: { url: address } };
  }
  const isSecret = url.username !== "" || url.password !== "";
  return isSecret ? { key: "form-run.credentials" } : null;
}
