import { ServiceError } from "../../platform/errors.ts";

/** Another organization's scrub looks the same as none. */
export const scrubNotFound = () => new ServiceError("not-found", { key: "error.scrub-not-found" });
