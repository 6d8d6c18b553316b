import "server-only";
import { headers } from "next/headers";

/** Set by `proxy.ts` for every page: Next tells a page its parameters, not its address. */
export const PATH_HEADER = "x-ringfence-path";

export const requestPath = async () => (await headers()).get(PATH_HEADER) ?? "/";
