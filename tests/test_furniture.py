"""Lines that are the site's wherever they stand, and sentences that only look like them."""

import pytest

from pipelines.page.furniture import furniture


@pytest.mark.parametrize(
    "line",
    [
        "文章录入:admin 责任编辑:admin",
        "信息录入:办公室",
        "点击播报本文,约 3分钟",
        "关注公众号:安乡发布",
        "扫码关注公众号",
        "第1页 / 共4页",
        "第 2 页 共 9 页",
        "Powered by Discuz! X3.2",
        "您需要登录后才可以回帖 登录 | 立即注册",
        "本版积分规则",
        "播放视频",
        "[查看全文]",
        "本文共3页 当前第1页",
        "收藏到:QQ书签 百度搜藏",
        "Tag:污水 白塔镇",
        "看完本文您的心情是:",
        "高兴 12票",
        "满意度评价:非常满意 满意 不满意",
        "举报/反馈",
        "【版权与免责声明】凡注明来源为安乡网的作品,版权均属安乡网。",
        "免责声明",
        "- END -",
        "觉得有用就点个在看",
        "点分享 点收藏 点在看",
        "安乡县审计局 电话:0736-4312345 湘ICP备05001234号",
        "地址:深柳镇文艺路 邮编:415600 湘公网安备 43072102000123号",
    ],
)
def test_lines_of_the_site(line: str) -> None:
    assert furniture(line) is not None


@pytest.mark.parametrize(
    "line",
    [
        "关注公众号信息发布的及时性,建立月度通报。",
        "第1页缺失的目录已经补齐。",
        "信息录入工作由各科室承担,办公室核对。",
        "录入政府信息 321 条",
        "满意度评价工作覆盖全部窗口,全年共收到评价1200条。",
        "赞成 12 票,反对 0 票。",
        "点击率和点赞数计入各单位的年终考核。",
        "我局按时完成全县政府门户网站的整体迁移和湘ICP备05001234号的信息变更。",
        "全年为县直各部门和各乡镇的政府网站办理ICP备案手续,更新设备12台",
    ],
)
def test_sentences_of_reports(line: str) -> None:
    assert furniture(line) is None
