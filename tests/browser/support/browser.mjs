// Debian's Chromium, and pages in it that remember what went wrong.

import { chromium } from "playwright-core";

export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1280, height: 900 };

// Starts the browser. For it there is no host but this one: a page that needs another fails. (To catch requests instead
// would have each of them wait for this process, and nothing would be kept between pages.)
export function launch() {
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  const alone = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1";
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-quic", alone] });
}

// Opens pages of one kind of reader: `open(url)` gives a page; `page.errors` are the messages of errors and the
// requests that failed.
export async function reader(browser, options = {}) {
  const context = await browser.newContext({ viewport: DESKTOP, locale: "zh-CN", ...options });
  const open = async (url) => {
    const page = await context.newPage();
    page.errors = [];
    page.on("console", (message) => { if (message.type() === "error") page.errors.push(message.text()); });
    page.on("pageerror", (error) => page.errors.push(String(error)));
    // The answer to HEAD has no body: that it is dropped is no failure.
    page.on("requestfailed", (request) => request.method() !== "HEAD" && page.errors.push(`${request.url()} ${request.failure()?.errorText}`));
    await page.goto(url, { waitUntil: "load" });
    return page;
  };
  return { context, open, close: () => context.close() };
}

// How a test lets its parts run: some at once, for a page spends much of its time waiting.
export const TOGETHER = { concurrency: 3 };

// Runs a part of a test for each of some things, and waits for all of them.
export const forEach = (t, things, name, work) => Promise.all(things.map((thing) => t.test(name(thing), () => work(thing))));
