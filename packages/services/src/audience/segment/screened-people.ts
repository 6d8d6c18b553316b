import type { Place } from "@ringfence/core/audience/segment";
import type { AskedCall } from "../../calling/screening/asked-call.ts";

/** What calls to some people would come to, all at one instant. */
export type ScreenedPeople = {
  at: Date;
  call: AskedCall;
  /** In the order of those who were asked about. */
  places: Place[];
};
