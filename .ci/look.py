"""Opens a page in Chromium, over a pipe, and says what cannot be read.

    look.py FILE.html [FOLDER for pictures]
"""

import base64
import fcntl
import json
import os
import subprocess
import sys
import tempfile

# What is measured in the page, in pixels as they are shown.
LOOK = r"""
(() => {
  const faults = [];
  const numbers = colour => colour.match(/[\d.]+/g).map(Number);
  const light = colour => {
    const [r, g, b] = numbers(colour).map(part => {
      part /= 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const ground = getComputedStyle(document.body).backgroundColor;
  const seen = element => element.getClientRects().length > 0;
  let letters = 0;
  for (const element of document.querySelectorAll('body *')) {
    const own = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    if (!own || !seen(element) || ['title', 'desc'].includes(element.tagName)) continue;
    letters += 1;
    const style = getComputedStyle(element);
    const svg = element.ownerSVGElement;
    const scale = svg ? svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : 1;
    const size = parseFloat(style.fontSize) * scale;
    const words = element.textContent.trim().slice(0, 30);
    if (size < 9) faults.push(`${size.toFixed(1)} px: ${words}`);
    const told = contrast(svg ? style.fill : style.color, ground);
    if (told < 4.5) faults.push(`contrast ${told.toFixed(1)}: ${words}`);
  }
  if (letters < 20) faults.push(`only ${letters} texts are in view`);
  for (const mark of document.querySelectorAll('.dot, .done')) {
    const style = getComputedStyle(mark);
    const told = contrast(style.fill === 'none' ? style.stroke : style.fill, ground);
    if (told < 3) faults.push(`contrast ${told.toFixed(1)} of a mark`);
  }
  for (const svg of document.querySelectorAll('svg')) {
    const frame = svg.getBoundingClientRect();
    for (const id of svg.getAttribute('aria-labelledby').split(' '))
      if (!document.getElementById(id)?.textContent.trim()) faults.push(`nothing is called ${id}`);
    const boxes = [...svg.querySelectorAll('text')].map(text => [text.textContent, text.getBoundingClientRect()]);
    boxes.forEach(([words, box], at) => {
      if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1)
        faults.push(`outside its picture: ${words}`);
      for (const [others, other] of boxes.slice(at + 1))
        if (Math.min(box.right, other.right) - Math.max(box.left, other.left) > 1 &&
            Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top) > 3)
          faults.push(`“${words}” touches “${others}”`);
    });
  }
  if (document.documentElement.scrollWidth > innerWidth) faults.push('wider than the window');
  const paper = matchMedia('print').matches;
  if (seen(document.querySelector('.paper')) !== paper) faults.push('the tables of the paper');
  if (seen(document.querySelector('details')) === paper) faults.push('the tables of the screen');
  return { faults, pictures: document.querySelectorAll('svg').length };
})()
"""

CASES = {
    "desk": (1200, "screen", "light"),
    "phone": (375, "screen", "light"),
    "dark": (700, "screen", "dark"),
    "paper": (794, "print", "light"),
}


class Browser:
    """A Chromium that takes commands over a pipe."""

    def __init__(self, profile: str) -> None:
        theirs_in, self.to = os.pipe()
        self.back, theirs_out = os.pipe()
        high_in, high_out = (fcntl.fcntl(fd, fcntl.F_DUPFD, 10) for fd in (theirs_in, theirs_out))

        def ends() -> None:
            os.dup2(high_in, 3)
            os.dup2(high_out, 4)

        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe"]
        self.process = subprocess.Popen(
            [*command, f"--user-data-dir={profile}", "about:blank"],
            close_fds=False,
            preexec_fn=ends,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for fd in (theirs_in, theirs_out, high_in, high_out):
            os.close(fd)
        self.rest, self.number, self.session = b"", 0, None
        self.requests: list[str] = []
        target = self.say("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.say("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]

    def hear(self) -> dict:
        while b"\0" not in self.rest:
            more = os.read(self.back, 1 << 16)
            if not more:
                raise SystemExit("the browser has gone")
            self.rest += more
        message, self.rest = self.rest.split(b"\0", 1)
        heard = json.loads(message)
        if heard.get("method") == "Network.requestWillBeSent":
            self.requests.append(heard["params"]["request"]["url"])
        return heard

    def say(self, method: str, **params) -> dict:
        self.number += 1
        message = {"id": self.number, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.to, json.dumps(message).encode() + b"\0")
        while True:
            heard = self.hear()
            if heard.get("id") == self.number:
                if "error" in heard:
                    raise SystemExit(f"{method}: {heard['error']}")
                return heard["result"]

    def open(self, address: str) -> None:
        self.say("Page.navigate", url=address)
        while self.hear().get("method") != "Page.loadEventFired":
            pass


def main() -> None:
    address = "file://" + os.path.abspath(sys.argv[1])
    folder = sys.argv[2] if len(sys.argv) > 2 else None
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser = Browser(profile)
        faults = []
        try:
            browser.say("Page.enable")
            browser.say("Network.enable")
            for case, (width, media, scheme) in CASES.items():
                size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
                browser.say("Emulation.setDeviceMetricsOverride", **size)
                theme = [{"name": "prefers-color-scheme", "value": scheme}]
                browser.say("Emulation.setEmulatedMedia", media=media, features=theme)
                browser.open(address)
                result = browser.say("Runtime.evaluate", expression=LOOK, returnByValue=True)["result"]
                if "value" not in result:
                    raise SystemExit(f"{case}: {result}")
                seen = result["value"]
                faults += [f"{case}: {fault}" for fault in seen["faults"]]
                print(f"{case}: {seen['pictures']} pictures at {width}")
                if folder:
                    shot = browser.say("Page.captureScreenshot", captureBeyondViewport=True)
                    with open(os.path.join(folder, f"{case}.png"), "wb") as picture:
                        picture.write(base64.b64decode(shot["data"]))
            faults += [f"asked for: {url}" for url in browser.requests if url != address]
        finally:
            browser.process.kill()
            browser.process.wait()
    print(*faults, sep="\n", end="")
    raise SystemExit(1 if faults else 0)


if __name__ == "__main__":
    main()
