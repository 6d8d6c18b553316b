import { OrganizationId } from "@ringfence/core/ids";

/** The organization for which the worker may ask services of registries on this machine. */
export const asksServices = OrganizationId.parse("ffffffff-ffff-7fff-bfff-ffffffffffff");
