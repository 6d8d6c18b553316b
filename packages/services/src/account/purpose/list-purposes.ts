import { allow } from "../../platform/access/allow.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { purposesOf } from "./purposes-of.ts";

/** The organization's tree of purposes, each node before what is below it. */
export async function listPurposes(ctx: ServiceContext) {
  allow(ctx, "organization.read");

  return inTransaction(ctx, purposesOf);
}
