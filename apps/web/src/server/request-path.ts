import "server-only";
import { headers } from "next/headers";

/**
 * Header with the page's own path, set by `proxy.ts`: Next gives a page its parameters but not its
 * address.
 */
export const PATH_HEADER = "x-ringfence-path";

export const requestPath = async () => (await headers()).get(PATH_HEADER) ?? "/";
