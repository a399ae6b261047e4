"""What the citizens' pages and the console share: the stylesheet, the components, static files, safe headers, lists."""
