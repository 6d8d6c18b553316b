export { openSgServer } from "../../worker/testing/sg-server";
export { ftcAccount, openFtcServer } from "../../worker/testing/soap/ftc-server";
export { openWashingServer, washingAccount } from "../../worker/testing/soap/washing-server";
