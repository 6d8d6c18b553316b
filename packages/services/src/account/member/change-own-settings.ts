import type { ChangeOwnSettings } from "@ringfence/core/account/member";
import { allow } from "../../platform/access/allow.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { requireSelf } from "./require-self.ts";

/** Language, zone, theme and keys of the member who acts. Nobody else's pages change. */
export async function changeOwnSettings(ctx: ServiceContext, settings: ChangeOwnSettings) {
  allow(ctx, "member.change-own-settings");

  await inTransaction(ctx, ({ db, organizationId }) =>
    db.member.updateMany({ where: { organizationId, id: requireSelf(ctx) }, data: settings }),
  );
}
