"""Layouts as colleagues bring them from other editors: written for these tests in the manner of each."""

from __future__ import annotations

MANNER_OF_135 = """
<section data-role="outer" style="font-size:16px;color:rgb(62,62,62);line-height:1.75;letter-spacing:1px">
<section style="margin:10px 0;text-align:center"><section style="display:inline-block;padding:4px 18px;background-color:rgb(11,79,138);border-radius:20px;color:rgb(255,255,255);font-size:18px"><strong>稳岗补贴开始申报</strong></section></section>
<section style="padding:16px;margin:12px 0;background-color:rgb(233,244,255);border-left:4px solid rgb(11,79,138);border-radius:4px"><p style="margin:0;text-indent:2em;color:rgb(27,36,48)">申报时间：<span style="color:rgb(163,58,0);font-weight:bold">12月1日至20日</span>，过期不补。</p></section>
<section style="display:flex;justify-content:space-between;margin:14px 0"><section style="width:48%;padding:10px;border:1px dashed rgb(101,112,126);text-align:center"><p style="margin:0;font-size:14px;color:rgb(77,88,102)">咨询电话</p><p style="margin:0;font-size:20px">80001234</p></section><section style="width:48%;padding:10px;border:1px dashed rgb(101,112,126);text-align:center"><p style="margin:0;font-size:14px;color:rgb(77,88,102)">受理地点</p><p style="margin:0;font-size:20px">一楼大厅</p></section></section>
</section>"""

MANNER_OF_XIUMI = """
<section style="box-sizing:border-box;font-size:15px;line-height:2;color:rgb(51,51,51)">
<section style="margin:20px 0 10px;text-align:center;line-height:1"><span style="display:inline-block;width:40px;height:40px;line-height:40px;border-radius:50%;background-color:rgb(26,100,64);color:rgb(255,255,255);font-size:20px">1</span></section>
<section style="text-align:center;font-size:18px;font-weight:bold;color:rgb(26,100,64);letter-spacing:2px">三步办完</section>
<section style="padding:12px 15px;margin:10px 0;border:2px solid rgb(26,100,64);border-radius:8px;background-color:rgb(229,243,236)"><p style="margin:0 0 8px;text-align:justify">带上营业执照和工资表。</p><p style="margin:0;text-align:right;font-size:13px;color:rgb(122,74,0)">少一样也能先登记</p></section>
</section>"""

MANNER_OF_WPS = """
<p style="margin:0pt 0pt 8pt;text-align:center;line-height:28pt"><span style="font-size:22pt;font-weight:bold;color:rgb(192,0,0)">关于组织申报的通知</span></p>
<p style="margin:0pt;text-indent:32pt;line-height:28pt;text-align:justify"><span style="font-size:16pt">各企业：请按<span style="text-decoration:underline">附件</span>要求准备。</span></p>
<table style="width:100%;border-collapse:collapse"><tbody><tr><td style="border:1px solid rgb(0,0,0);padding:4px;background-color:rgb(242,242,242);text-align:center">企业</td><td style="border:1px solid rgb(0,0,0);padding:4px;text-align:center">人数</td></tr><tr><td style="border:1px solid rgb(0,0,0);padding:4px">临江电子</td><td style="border:1px solid rgb(0,0,0);padding:4px;text-align:right">312</td></tr></tbody></table>"""

LAYOUTS = {"135": MANNER_OF_135, "xiumi": MANNER_OF_XIUMI, "wps": MANNER_OF_WPS}
