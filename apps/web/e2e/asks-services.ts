import { OrganizationId } from "@ringfence/core/ids";

/** Organization for which the worker may call registry services on this machine. */
export const asksServices = OrganizationId.parse("ffffffff-ffff-7fff-bfff-ffffffffffff");
