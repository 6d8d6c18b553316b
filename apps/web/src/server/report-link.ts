import "server-only";
import { openReportLink } from "@ringfence/services/desk/report";
import { cache } from "react";
import { installation } from "./installation";
import { orNotFound } from "./public-form";

/** Opens the link that stops a member's weekly report. */
export const loadReportLink = cache((link: string) =>
  orNotFound(() => openReportLink(installation(), link)),
);
