import { ServiceError } from "../../platform/errors.ts";

/** Another organization's registry looks the same as none. */
export const registryNotFound = () =>
  new ServiceError("not-found", { key: "error.registry-not-found" });
