import { Locale } from "@ringfence/core/platform/message";
import { copyOwnData } from "@ringfence/services/desk/own-record";
import { getLocale } from "next-intl/server";
import { addRequestedLanguage } from "@/server/request-path";
import { toFileResponse } from "@/server/downloads";
import { findRecordForFile, loadOwnPage } from "@/server/own-record";
import { redirectWithGet, rejectTooManyRequests } from "@/server/public-form";

/**
 * Sends the person's own data as a ZIP for another company, once a code has opened their record. If it is no longer
 * open, the person is asked to get another code.
 */
export const GET = async (_: Request, { params }: RouteContext<"/my/[organization]/data">) => {
  const refused = await rejectTooManyRequests();
  if (refused) return refused;
  const { organization: address } = await params;
  const { organizationId } = await loadOwnPage(address);
  const opened = await findRecordForFile(organizationId);
  if (opened === null) return redirectWithGet(await addRequestedLanguage(`/my/${address}`));
  const { name, zip } = await copyOwnData(opened.ctx, { locale: Locale.parse(await getLocale()) });
  return toFileResponse(name, "application/zip", Uint8Array.from(zip));
};
