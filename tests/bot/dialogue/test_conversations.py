"""Conversations of two to four turns, each turn answered from what was said before it."""

from __future__ import annotations

import pytest

from bot.dialogue import router
from bot.wechat.messages import Message, Text
from content.services.office import Office
from tests import world


def last(office: Office, *turns: str) -> str:
    """The reply to the last of these turns."""
    recall, said = None, ""
    for text in turns:
        turn = router.take(office, Message("text", fields={"Content": text}), now=world.NOON, recall=recall)
        recall = turn.recall or recall
        said = turn.reply.content if isinstance(turn.reply, Text) else ""
    return said


@pytest.mark.parametrize(
    ("turns", "said"),
    [
        (("最近有啥岗位招人", "第二个详细说一下"), "看详情和联系方式"),
        (("想找个司机的工作", "冷藏车那个工资多少"), "8500"),
        (("招普工吗", "滨江的有没有", "不要派遣的"), "不要派遣"),
        (("想找个司机的工作", "有没有近一点的，滨江那边的"), "洗扫车"),
        (("数控车工", "这家公司还招什么"), "铸造工艺工程师"),
        (("普工 包住", "不包住也行"), "按：普工\n"),
        (("保洁", "轻松一点的呢"), "没法替您挑"),
        (("普工", "近一点的有吗"), "发一下位置"),
        (("普工 6000以上", "还有吗"), "接着往下看（按：普工 · 6000元以上）"),
        (("前台", "要不要上夜班"), "三班倒"),
        (("仓管", "叉车也行"), "叉车司机"),
        (("工资最高的是哪个",), "研发工程师"),
        (("深圳有工作没",), "这里没有深圳的招聘"),
        (("深圳有电工的活吗", "那就在本地找吧"), "按：电工\n"),
        (("广东那边招普工吗",), "没有广东的，放宽到别的地方"),
        (("我从贵州过来的，找保洁",), "按：保洁\n"),
        (("保洁",), "元/月 滨江片区"),
        (("厨师", "普通话不好行吗"), "没写您问的这一点"),
        (("会计有招的没", "那出纳呢"), "现在没有这样的招聘"),
        (("电工", "8000以上的", "换成滨江"), "电工 · 滨江 · 8000元以上"),
        (("电工", "怎么去应聘"), "000-85510215"),
        (("护士", "发个位置给我"), "北环路"),
        (("叉车工", "管不管饭"), "工作餐"),
        (("人才公寓怎么申请", "一个人能申请吗"), "个人不能直接办理"),
        (("公租房申请条件", "多久能批下来"), "10个工作日内初审"),
        (("医保缴费", "低保户要交吗"), "160元"),
        (("失业金怎么领", "领几个月"), "最长领取12个月"),
        (("供热", "几度算达标"), "18℃"),
        (("三公经费", "比去年多还是少"), "下降8.33%"),
        (("2025年决算", "三公多少", "前年的呢"), "2024年度部门决算"),
        (("技能补贴", "多久到账"), "公示5个工作日后发放"),
        (("信息公开指南2026年修订", "可以打电话申请吗"), "暂不受理电话申请"),
        (("货车限行", "违反了罚多少"), "不设罚款项目"),
        (("厂里拖欠工资", "那找谁"), "12333"),
        (("骆驼几点睡觉", "那找谁问"), "12345"),
        (("公租房怎么申请", "厂里欠我工资三个月了"), "转给工作人员"),
        (("幼儿园报名", "没摇上怎么办"), "列入候补名单"),
        (("人才公寓八个问题", "两室的还有没有"), "两居室已满"),
        (("货车通行规定", "要是非走那条路不可呢"), "1个工作日"),
        (("高校毕业生就业见习岗位公告", "还招人吗"), "招满为止"),
        (("随迁子女入学", "要社保几个月"), "近六个月社会保险缴费记录"),
        (("失业金要带什么材料", "身份证复印件要吗"), "凭身份证即可"),
        (("厂房租金补贴怎么领", "一平米补多少"), "每平方米每月4元"),
        (("柳林片征地一亩补多少", "青苗费呢"), "粮食作物每亩1500元"),
        (("三公经费去年花了多少",), "36.82万元"),
        (("随迁子女入学", "材料带哪些"), "2026年6月30日为止，已经过了"),
        (("见习岗位补贴多少钱一个月", "交社保吗"), "这一条里没有查到"),
        (("标准厂房租金补贴实施细则", "下次什么时候申报"), "每年4月"),
        (("想申请公开东港路工程的合同，怎么申请", "收不收钱"), "不收费"),
        (("想申请公开东港路工程的合同，怎么申请", "几天给答复"), "20 个工作日"),
        (("干活手被机器轧了，老板不管", "多久之内要申请"), "30 日内"),
        (("第二次稳岗扩岗补贴集中申报的通知", "每个人补多少"), "每人1000元"),
        (("随迁子女入学指南", "报名是不是已经过了"), "6月30日"),
        (("上个月公开了什么", "那今年6月呢"), "2026年6月公开的信息"),
        (("三公经费预算", "我问的是公租房"), "公共租赁住房申请指南"),
        (("公租房怎么申请", "社保卡丢了怎么补"), "12333"),
    ],
)
def test_a_turn_is_answered_from_those_before(park: Office, turns: tuple[str, ...], said: str) -> None:
    assert said in last(park, *turns)


@pytest.mark.parametrize(
    ("turns", "said"),
    [
        (("招电工吗", "公租房怎么申请"), "公共租赁住房申请指南"),
        (("公租房申请条件", "身份证丢了在哪补"), "公安"),
        (("医保缴费", "护士招人吗"), "惠康门诊部"),
    ],
)
def test_a_new_question_is_a_new_question(park: Office, turns: tuple[str, ...], said: str) -> None:
    assert said in last(park, *turns)


@pytest.mark.parametrize(
    ("turns", "not_said"),
    [(("公租房申请条件", "能养猫吗"), "“一"), (("技能补贴", "租金多少"), "1500元"), (("供热", "多久到账"), "2小时")],
)
def test_what_the_item_does_not_say_is_not_quoted(park: Office, turns: tuple[str, ...], not_said: str) -> None:
    said = last(park, *turns)
    assert not_said not in said and "没有查到说这一点" in said


@pytest.mark.parametrize(
    "asked", ["我在创新谷上班，孩子上幼儿园怎么报名", "本科毕业两年在园区上班，想住人才公寓，一居室多少钱"]
)
def test_where_somebody_works_is_no_wish_for_work(park: Office, asked: str) -> None:
    assert "按：" not in last(park, asked)
