// Turns the text of a reply into what WeChat shows: words, links, and tappable menu texts. Nothing else is HTML.
"use strict";

const LINK = /<a\s+([^>]*)>([\s\S]*?)<\/a>/gi;
const HREF = /href\s*=\s*(?:"([^"]*)"|'([^']*)')/i;
const ADDRESS = /https?:\/\/[^\s<>"'，。；！？、）】》]+/g;

/** Nodes for `text`; `open(url)` opens an article here, `send(text, id)` sends a tapped menu text. */
function textNodes(text, { open, send }) {
  const nodes = [];
  let end = 0;
  for (const found of text.matchAll(LINK)) {
    nodes.push(...plainNodes(text.slice(end, found.index), open));
    const href = HREF.exec(found[1]);
    nodes.push(linkNode((href && (href[1] ?? href[2])) || "", found[2], { open, send }));
    end = found.index + found[0].length;
  }
  nodes.push(...plainNodes(text.slice(end), open));
  return nodes;
}

function plainNodes(text, open) {
  const nodes = [];
  let end = 0;
  for (const found of text.matchAll(ADDRESS)) {
    nodes.push(document.createTextNode(text.slice(end, found.index)), pageLink(found[0], found[0], open));
    end = found.index + found[0].length;
  }
  nodes.push(document.createTextNode(text.slice(end)));
  return nodes;
}

function linkNode(href, label, { open, send }) {
  const address = href.replaceAll("&amp;", "&");
  const words = label.replace(/<[^>]*>/g, "");
  if (/^weixin:\/\/bizmsgmenu\?/i.test(address)) return menuLink(address, words, send);
  if (/^https?:\/\//i.test(address)) return pageLink(address, words, open);
  return document.createTextNode(words);
}

function menuLink(address, words, send) {
  const given = new URLSearchParams(address.slice(address.indexOf("?") + 1));
  const link = anchor("#", words);
  link.dataset.menuText = given.get("msgmenucontent") || words;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    send(link.dataset.menuText, given.get("msgmenuid") || "");
  });
  return link;
}

function pageLink(address, words, open) {
  const link = anchor(address, words);
  link.target = "_blank";
  link.rel = "noopener";
  link.addEventListener("click", (event) => { if (open(address)) event.preventDefault(); });
  return link;
}

function anchor(href, words) {
  const link = document.createElement("a");
  link.href = href;
  link.textContent = words;
  return link;
}
