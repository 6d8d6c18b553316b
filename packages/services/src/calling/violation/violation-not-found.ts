import { ServiceError } from "../../platform/errors.ts";

/** Also of another organization's: nobody learns that there is one. */
export const violationNotFound = () =>
  new ServiceError("not-found", { key: "violation.not-found" });
