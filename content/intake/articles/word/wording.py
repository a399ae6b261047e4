"""What is told of things in a Word file that are left out, or that do not look as they did there."""

TEXT_BOX = "文本框里的文字放到了所在段落的后面，请核对位置。"
REVISIONS = "文件里有修订痕迹，按“全部接受”处理，请核对。"
FORMULAS = "公式改成了一行文字，请核对；复杂的公式请截成图片。"
CHARTS = "图表、SmartArt 图形没有带过来，请另存为图片再插入。"
LINKED = "有图片只是链接到别处、没有存在文件里，没有带过来。请重新插入图片。"
HIDDEN = "隐藏的文字（看不见的）没有带过来。"
HIDDEN_ROW = "表格里隐藏的行没有带过来。"
HIDDEN_DRAWING = "隐藏的图片或图形没有带过来。"
CROPPED = "图片按 Word 里裁剪、旋转以后的样子带过来，裁掉的部分已经去掉。"
UNCROPPED = "有裁剪过的图片格式特殊，裁不了，没有带过来。请截图以后重新插入。"
SHAPED = "有图片裁成了特殊形状，没有带过来。请截图以后重新插入。"
REPAINTED = "有图片在 Word 里调过颜色或亮度，带过来的是原图，请核对。"
SHAPES = "线条、箭头、方框这类图形没有带过来，需要的话请截成图片。"
OBJECTS = "嵌入的对象（表格、公式、演示文稿等）只带过来显示的图，请核对。"
CONTROLS = "按钮、选项这类控件没有带过来。"
MEDIA = "视频或动画没有带过来。"
INK = "手写的墨迹没有带过来，请截成图片。"
COMMENTS = "批注没有带过来。"
EMBEDDED = "从别的文件并入的内容没有带过来。请在 Word 里打开、另存一份再用。"
FIELDS = "有自动生成的内容（域）没有结果，没有带过来。请在 Word 里按 F9 更新，再存一次。"
MARGINS = "页眉、页脚（或水印）里的内容没有带过来，需要的话请写进正文{}。"
MACROS = "文件带宏（.docm、.dotm），宏没有带过来。"
BROKEN = "文件里有东西丢了（链接断开），没有带过来。"
NO_NOTE = "有脚注、尾注的内容在文件里找不到，没有带过来。"
NOTES_MOVED = "脚注、尾注放到了文章末尾。"
PLACEHOLDER = "有内容控件还没有填，提示文字照样带过来了，请核对。"


def margins(said: list[str]) -> str:
    """What headers and footers say, which is not taken over."""
    return MARGINS.format(f"：{'、'.join(f'“{each[:60]}”' for each in said[:4])}" if said else "")


def unknown(name: str) -> str:
    """Something that this reader does not know, by the name it has in the file."""
    return f"有认不出的内容（{name[:40]}）没有带过来，请核对。"
