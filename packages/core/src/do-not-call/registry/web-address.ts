import { z } from "zod";

/** Where something is to be had, or asked, over HTTP. */
export const webAddress = z.url({ protocol: /^https?$/ }).max(2_000);
