import "server-only";
import { openReceipt, openStopLink, openVisit, organizationsOf } from "@ringfence/services/opt-out";
import { cache } from "react";
import { installation } from "./db";
import { orNotFound } from "./public-form";

/** On behalf of anybody who opens a page of an organization. */
export const visiting = cache((address: string) =>
  orNotFound(() => openVisit(installation(), address, "stop")),
);

/** On behalf of the person whose link it is. */
export const refusing = cache((link: string) =>
  orNotFound(() => openStopLink(installation(), link)),
);

/** On behalf of the person who has a receipt. */
export const keeping = cache((receipt: string) =>
  orNotFound(() => openReceipt(installation(), receipt)),
);

export const publicOrganizations = () => organizationsOf(installation());
